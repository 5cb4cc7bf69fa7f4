// The two forms of $ that the popups and keep_in_front of Folium call.
if (!window.$) window.$ = function (subject) {
  if (subject === document) return {ready: (run) => run()};
  return document.createRange().createContextualFragment(subject).children;
};
