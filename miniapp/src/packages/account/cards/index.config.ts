export default definePageConfig({ enableShareAppMessage: false })
