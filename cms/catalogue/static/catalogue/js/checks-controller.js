/* The checks of the side panel: asked while somebody writes, a moment after the last change; each finding leads to its
   field. Links in the list at the top of the editor lead there as well. */
(() => {
  const PAUSE = 900;

  const field = (path) =>
    path.split('.').reduce((scope, part) => scope && (scope.querySelector(`[data-contentpath="${CSS.escape(part)}"]`) || scope), document);

  const show = (path) => {
    const place = field(path);
    if (!place || place === document) return;
    const tab = place.closest('[role=tabpanel]');
    if (tab && tab.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    for (let hidden = place.closest('[hidden]'); hidden; hidden = hidden.parentElement.closest('[hidden]')) {
      hidden.dispatchEvent(new Event('beforematch', { bubbles: true }));
      hidden.hidden = false;
    }
    place.scrollIntoView({ block: 'center' });
    const target = place.querySelector('.CodeMirror textarea, textarea, select, input:not([type=hidden]), button');
    if (target) target.focus({ preventScroll: true });
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest('.findings a[data-path]');
    if (!link) return;
    event.preventDefault();
    show(link.dataset.path);
  });

  class ChecksController extends window.StimulusModule.Controller {
    static targets = ['list', 'status'];
    static values = { url: String, failed: String };

    connect() {
      this.form = document.querySelector('[data-edit-form]');
      if (!this.form) return;
      this.later = () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), PAUSE);
      };
      ['input', 'change', 'w-unsaved:add'].forEach((name) => document.addEventListener(name, this.later));
      this.later();
    }

    disconnect() {
      clearTimeout(this.timer);
      ['input', 'change', 'w-unsaved:add'].forEach((name) => document.removeEventListener(name, this.later));
    }

    async ask() {
      const body = new FormData(this.form);
      [...body.entries()].forEach(([name, value]) => value instanceof File && body.delete(name));
      const written = new URLSearchParams(body).toString();
      if (written === this.written) return;
      this.request?.abort();
      this.request = new AbortController();
      try {
        const response = await fetch(this.urlValue, { method: 'POST', body, signal: this.request.signal });
        if (!response.ok) throw new Error(String(response.status));
        this.draw(await response.text());
        this.written = written;
      } catch (error) {
        if (error.name !== 'AbortError') this.statusTarget.textContent = this.failedValue;
        if (error.name !== 'AbortError') this.statusTarget.classList.remove('w-sr-only');
      }
    }

    draw(html) {
      const focused = this.listTarget.contains(document.activeElement) ? document.activeElement.dataset.path : null;
      this.listTarget.innerHTML = html;
      this.statusTarget.classList.add('w-sr-only');
      this.statusTarget.textContent = '';
      if (focused) this.listTarget.querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  window.wagtail.app.register('checks', ChecksController);
})();
