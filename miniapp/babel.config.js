const h5 = process.env.TARO_ENV === 'h5'

module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        // The floor of devices: iOS 13 and Android WebView 78 in browsers, WeChat base libraries of the same age.
        targets: h5 ? { ios: '13', chrome: '78' } : { ios: '11', chrome: '66' },
        useBuiltIns: false,
      },
    ],
  ],
}
