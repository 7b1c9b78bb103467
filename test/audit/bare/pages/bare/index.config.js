export default { navigationBarTitleText: '信用就医' }
