// Runs before the first paint so that neither a chosen theme nor a chosen language flashes. A file of its own, not inline,
// for a strict CSP.
document.documentElement.dataset.language = 'typescript';
try {
  const theme = localStorage.getItem('boundary:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const language = localStorage.getItem('boundary:language');
  if (language === 'python' || language === 'go') document.documentElement.dataset.language = language;
} catch {
  // Storage is off: the system's scheme and the first language apply.
}
