import { creditName } from '@paycare/shared/text'

const weapp = process.env['TARO_ENV'] === 'weapp'

export default defineAppConfig({
  entryPagePath: 'pages/home/index',
  pages: ['pages/home/index', 'pages/missing/index'],
  subPackages: [
    { root: 'packages/credit', pages: ['status/index'] },
    { root: 'packages/visits', pages: ['list/index', 'detail/index', 'fees/index'] },
    { root: 'packages/payments', pages: ['status/index'] },
  ],
  ...(weapp
    ? {
        lazyCodeLoading: 'requiredComponents',
        darkmode: true,
        themeLocation: 'theme.json',
        preloadRule: {
          'pages/home/index': { network: 'all', packages: ['packages/visits', 'packages/payments'] },
        },
        window: {
          navigationBarTitleText: creditName,
          navigationBarBackgroundColor: '@ground',
          navigationBarTextStyle: '@barText',
          backgroundColor: '@ground',
          backgroundTextStyle: '@pullText',
        },
      }
    : { animation: false }),
})
