/** A live view follows what happens where JavaScript runs; without it the page works all the same. */
export const SCRIPT = `(() => {
  const pause = 3000;
  async function again() {
    const main = document.getElementById('main');
    if (!main.hasAttribute('data-live')) return;
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
        const read = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const next = read.getElementById('main');
        if (answer.ok && next !== null && !main.contains(document.activeElement)) {
          if (next.outerHTML !== main.outerHTML) main.replaceWith(next);
          document.querySelector('footer').replaceWith(read.querySelector('footer'));
        }
      } catch {}
    }
    setTimeout(again, pause);
  }
  setTimeout(again, pause);
})();
`;
