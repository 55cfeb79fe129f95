/**
 * Renews the progress of a run until it is finished, then shows the page anew.
 * Attached by data-controller="run-progress".
 */
class RunProgress extends window.StimulusModule.Controller {
  static values = { url: String, interval: { type: Number, default: 2000 } };

  connect() {
    this.timer = window.setInterval(() => this.renew(), this.intervalValue);
  }

  disconnect() {
    window.clearInterval(this.timer);
  }

  async renew() {
    const response = await fetch(this.urlValue, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
    if (!response || !response.ok) return; // a slow line: the next time will do
    const html = await response.text();
    if (html !== this.shown) {
      this.shown = html;
      this.element.innerHTML = html;
    }
    if (this.element.querySelector("[data-finished]")) {
      window.clearInterval(this.timer);
      window.location.reload();
    }
  }
}

window.wagtail.app.register("run-progress", RunProgress);
