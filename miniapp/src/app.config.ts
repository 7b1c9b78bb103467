import { creditName, tabTexts } from '@paycare/shared/text'

const weapp = process.env['TARO_ENV'] === 'weapp'

/** One page of WeChat's own tab bar; the drawings of both themes are named in `theme.json`. */
const tab = (name: 'home' | 'records' | 'mine') => ({
  pagePath: `pages/${name}/index`,
  text: tabTexts[name],
  iconPath: `@${name}`,
  selectedIconPath: `@${name}Chosen`,
})

export default defineAppConfig({
  entryPagePath: 'pages/home/index',
  pages: ['pages/home/index', 'pages/records/index', 'pages/mine/index', 'pages/missing/index'],
  subPackages: [
    {
      root: 'packages/registration',
      pages: ['departments/index', 'doctor/index', 'checkout/index', 'detail/index'],
    },
    {
      root: 'packages/credit',
      pages: weapp ? ['status/index', 'jump/index'] : ['status/index', 'jump/index', 'return/index'],
    },
    { root: 'packages/visits', pages: ['list/index', 'detail/index', 'fees/index'] },
    { root: 'packages/payments', pages: ['status/index'] },
    {
      root: 'packages/account',
      pages: ['cards/index', 'card-add/index', 'consents/index', 'settings/index', ...(weapp ? ['desk/index'] : [])],
    },
    { root: 'packages/help', pages: ['index/index'] },
  ],
  ...(weapp
    ? {
        lazyCodeLoading: 'requiredComponents',
        darkmode: true,
        themeLocation: 'theme.json',
        preloadRule: {
          'pages/home/index': {
            network: 'all',
            packages: ['packages/visits', 'packages/payments', 'packages/registration'],
          },
        },
        tabBar: {
          color: '@tabText',
          selectedColor: '@tabChosen',
          backgroundColor: '@tabGround',
          borderStyle: 'black',
          list: [tab('home'), tab('records'), tab('mine')],
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
