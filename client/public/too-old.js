// For browsers below the floor (Chrome and Edge 109, Firefox 115, Safari 15.6): shows what to do. Old words only, so that they can run it.
;(function () {
  var modern =
    'noModule' in document.createElement('script') &&
    typeof structuredClone === 'function' &&
    typeof Array.prototype.findLast === 'function' &&
    'inert' in document.documentElement
  if (!modern) document.getElementById('too-old').hidden = false
})()
