/** Lets the browser keep what is read. After the page has loaded, so that it is nobody’s business before. */
export function keepForOffline(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const register = () => {
    // A browser may refuse, as in some private windows: the site is then read with a connection only.
    navigator.serviceWorker.register('/service-worker.js').catch(() => {});
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
