// Runs before the first paint so that a chosen theme never flashes. A file of its own, not inline, for a strict CSP.
try {
  const theme = localStorage.getItem('boundary:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off: the system's scheme applies.
}
