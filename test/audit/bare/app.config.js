export default { pages: ['pages/bare/index'], animation: false }
