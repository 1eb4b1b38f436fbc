// Runs before the first paint: theme, language and text size that were chosen on this device (`?theme=` and `?lang=` win).
;(function () {
  var root = document.documentElement
  var asked = new URLSearchParams(location.search)
  function kept(name) {
    try {
      return localStorage.getItem(name)
    } catch (refused) {
      return null // storage refused: follow the device
    }
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = asked.get('theme') || kept('theme') || (dark ? 'dark' : 'light')
  root.lang = asked.get('lang') || kept('lang') || 'th'
  root.dataset.size = kept('size') || 'm'
})()
