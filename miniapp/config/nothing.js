/** Stands in for packages that the app has no use for. */
module.exports = {}
