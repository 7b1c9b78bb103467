import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import type { Compilation } from 'webpack'
import { homeFiles, servesHome } from './preload'

const from = (relative: string): string => path.resolve(__dirname, relative)
const target = process.env['TARO_ENV'] ?? 'h5'
/** `npm run audit` builds a bare page with this very configuration, to measure the app against it. */
const sourceRoot = process.env['TARO_APP_SOURCE'] ?? 'src'
const outputRoot = process.env['TARO_APP_OUTPUT'] ?? `dist/${target}`

/**
 * Sources outside `src/` that babel must see: the workspace's TypeScript, and packages published as ES2022, whose private fields
 * old phones cannot parse and Taro's minifier breaks.
 */
const transpiled = [
  from('../../shared'),
  (file: string): boolean => /[\\/]node_modules[\\/](@tanstack|zustand|query-string|filter-obj)[\\/]/.test(file),
]
/** What Taro's H5 interface brings along and every browser above the floor of devices has, and JSONP, which the app never speaks. */
const native = ['whatwg-fetch$', 'abortcontroller-polyfill/dist/abortcontroller-polyfill-only$', 'jsonp-retry$']
const noRem = { pxtransform: { enable: false, config: {} } }
const hashed = (folder: string, type: string): string => `${folder}/[name].[contenthash:8].${type}`

export default defineConfig<'webpack5'>({
  projectName: 'paycare',
  date: '2026-11-21',
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot,
  outputRoot,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  // Chinese as itself: escaped, as Taro has it for WeChat, each character would be twice as long.
  terser: { enable: true, config: { output: { ascii_only: false } } },
  plugins: target === 'weapp' ? [from('aria-plugin.js')] : [],
  defineConstants: {
    API_BASE: JSON.stringify(process.env['TARO_APP_API_BASE'] ?? 'http://127.0.0.1:3000'),
  },
  mini: {
    compile: { include: transpiled },
    postcss: noRem,
    miniCssExtractPluginOption: { ignoreOrder: true },
    webpackChain(chain, webpack) {
      chain
        .plugin('abortController')
        .use(webpack.ProvidePlugin, [
          { AbortController: [from('../src/platform/abort-controller.ts'), 'AbortController'] },
        ])
    },
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    useHtmlComponents: true,
    router: { mode: 'browser' },
    compile: { include: transpiled },
    output: { filename: hashed('js', 'js'), chunkFilename: hashed('js', 'js') },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: hashed('css', 'css'),
      chunkFilename: hashed('css', 'css'),
    },
    postcss: { ...noRem, autoprefixer: { enable: true, config: {} } },
    htmlPluginOption: {
      templateParameters: (compilation: Compilation, assets: unknown, tags: unknown, options: unknown) => ({
        htmlWebpackPlugin: { tags, files: assets, options },
        preloaded: homeFiles(compilation),
        bootStyles: readFileSync(from('../src/boot.css'), 'utf8'),
      }),
    },
    webpackChain(chain) {
      for (const name of native) chain.resolve.alias.set(name, from('nothing.js'))
      chain.optimization.merge({
        splitChunks: {
          cacheGroups: {
            // The home page with all that it needs is one file; what other pages share travels once instead of inside each of them.
            kit: { name: 'kit', test: servesHome, chunks: 'async', enforce: true, priority: 30 },
            more: { name: 'more', chunks: 'async', minChunks: 2, priority: 20, reuseExistingChunk: true },
          },
        },
      })
    },
  },
  copy: {
    // The icons of WeChat's tab bar are named in `theme.json`, where Taro does not look for files.
    patterns: [
      target === 'h5'
        ? { from: 'src/static/', to: `${outputRoot}/static/` }
        : { from: 'src/tab-icons/', to: `${outputRoot}/tab-icons/` },
    ],
    options: {},
  },
})
