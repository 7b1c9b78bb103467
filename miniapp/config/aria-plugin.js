const path = require('node:path')
const components = require('./aria-components')

/** Taro's WeChat templates drop every aria attribute; this gives back the ones in `aria-components.js`. */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      platform.template.mergeComponents(ctx, components)
      platform.runtimePath = [].concat(platform.runtimePath, path.join(__dirname, 'aria-runtime.js'))
    },
  })
}
