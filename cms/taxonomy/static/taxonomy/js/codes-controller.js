/* Codes of things: each chosen code shown with its title, and a combobox that finds more on the server.
   The original input keeps the value: one code, or a JSON list of them. */
(() => {
  const waiting = new Map(); // address → { codes, promise }: one request for all fields that ask in the same turn

  const resolve = (url, codes) => {
    if (!waiting.has(url)) {
      const entry = { codes: new Set() };
      entry.promise = Promise.resolve().then(async () => {
        waiting.delete(url);
        const query = new URLSearchParams([...entry.codes].map((code) => ['code', code]));
        const response = await fetch(`${url}?${query}`, { headers: { Accept: 'application/json' } });
        if (!response.ok) throw new Error(String(response.status));
        const { results } = await response.json();
        return new Map(results.map((result) => [result.code, result]));
      });
      waiting.set(url, entry);
    }
    const entry = waiting.get(url);
    codes.forEach((code) => entry.codes.add(code));
    return entry.promise;
  };

  let counter = 0;

  class CodesController extends window.StimulusModule.Controller {
    static values = { url: String, single: Boolean, ordered: Boolean, labels: Object };

    connect() {
      if (this.box) return;
      this.codes = this.read();
      this.known = new Map();
      this.checked = false;
      this.results = [];
      this.active = -1;
      this.build();
      this.element.type = 'hidden';
      this.draw();
      this.lookUp();
    }

    read() {
      const raw = this.element.value.trim();
      if (!raw) return [];
      if (this.singleValue) return [raw];
      try {
        const value = JSON.parse(raw);
        if (Array.isArray(value)) return value.map(String);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      return raw.split(',').map((part) => part.trim()).filter(Boolean);
    }

    build() {
      counter += 1;
      const id = `codes-${counter}`;
      this.box = document.createElement('div');
      this.box.className = `codes${this.orderedValue ? ' codes--ordered' : ''}`;
      this.list = document.createElement(this.orderedValue ? 'ol' : 'ul');
      this.list.className = 'codes__chosen';
      this.input = document.createElement('input');
      Object.assign(this.input, { type: 'text', autocomplete: 'off', id: `${this.element.id || id}--find` });
      this.input.placeholder = this.labelsValue.find;
      this.input.setAttribute('role', 'combobox');
      this.input.setAttribute('aria-autocomplete', 'list');
      this.input.setAttribute('aria-expanded', 'false');
      this.input.setAttribute('aria-controls', id);
      this.input.disabled = this.element.disabled;
      const label = document.querySelector(`label[for="${CSS.escape(this.element.id)}"]`);
      if (label) label.htmlFor = this.input.id;
      else this.input.setAttribute('aria-label', this.labelsValue.find);
      this.menu = document.createElement('ul');
      Object.assign(this.menu, { id, className: 'codes__menu', hidden: true });
      this.menu.setAttribute('role', 'listbox');
      this.status = document.createElement('div');
      this.status.className = 'codes__status';
      this.status.setAttribute('role', 'status');
      this.finder = document.createElement('div');
      this.finder.className = 'codes__finder';
      this.finder.append(this.input, this.menu);
      this.box.append(this.list, this.finder, this.status);
      this.element.after(this.box);
      this.input.addEventListener('input', () => this.type());
      this.input.addEventListener('focus', () => this.urlValue && this.type());
      this.input.addEventListener('keydown', (event) => this.key(event));
      this.input.addEventListener('blur', () => this.leave());
    }

    type() {
      clearTimeout(this.timer);
      if (!this.urlValue) return;
      this.timer = setTimeout(() => this.find(this.input.value.trim()), 150);
    }

    async find(words) {
      const asked = Symbol('asked');
      this.asked = asked;
      try {
        const response = await fetch(`${this.urlValue}?${new URLSearchParams({ q: words })}`, {
          headers: { Accept: 'application/json' },
        });
        if (!response.ok) throw new Error(String(response.status));
        const { results } = await response.json();
        if (this.asked !== asked || document.activeElement !== this.input) return;
        this.results = results.filter((result) => !this.codes.includes(result.code));
        this.showMenu(words);
      } catch {
        if (this.asked === asked) this.status.textContent = this.labelsValue.failed;
      }
    }

    showMenu(words) {
      this.active = -1;
      this.menu.replaceChildren(
        ...this.results.map((result, index) => {
          const option = document.createElement('li');
          option.id = `${this.menu.id}-${index}`;
          option.setAttribute('role', 'option');
          option.setAttribute('aria-selected', 'false');
          option.append(this.words('strong', result.title || result.code), this.words('code', result.code));
          if (result.note) option.append(this.words('small', result.note));
          option.addEventListener('mousedown', (event) => {
            event.preventDefault();
            this.choose(result);
          });
          return option;
        }),
      );
      const nothing = words && !this.results.length;
      this.status.textContent = nothing ? this.labelsValue.none : `${this.results.length} ${this.labelsValue.results}`;
      this.status.classList.toggle('codes__status--quiet', !nothing);
      this.open(this.results.length > 0);
    }

    open(open) {
      this.menu.hidden = !open;
      this.input.setAttribute('aria-expanded', String(open));
      if (!open) this.input.removeAttribute('aria-activedescendant');
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !this.menu.hidden) {
        event.preventDefault();
        const count = this.results.length;
        this.active = (this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count;
        [...this.menu.children].forEach((option, index) => {
          option.setAttribute('aria-selected', String(index === this.active));
          if (index === this.active) option.scrollIntoView({ block: 'nearest' });
        });
        this.input.setAttribute('aria-activedescendant', `${this.menu.id}-${this.active}`);
      } else if (step) {
        event.preventDefault();
        this.type();
      } else if (event.key === 'Enter') {
        event.preventDefault();
        this.enter();
      } else if (event.key === 'Escape' && !this.menu.hidden) {
        event.preventDefault();
        event.stopPropagation();
        this.open(false);
      } else if (event.key === 'Backspace' && !this.input.value && this.codes.length && !this.orderedValue) {
        this.remove(this.codes.length - 1);
        this.input.focus();
      }
    }

    enter() {
      const typed = this.input.value.trim();
      if (this.active >= 0 && !this.menu.hidden) this.choose(this.results[this.active]);
      else if (typed) this.choose(this.results.find((result) => result.code === typed) || { code: typed });
    }

    leave() {
      this.open(false);
      if (this.input.value.trim()) this.enter();
    }

    choose(result) {
      if (result.title !== undefined) this.known.set(result.code, result);
      else this.checked = false;
      if (this.singleValue) this.codes = [result.code];
      else if (!this.codes.includes(result.code)) this.codes.push(result.code);
      this.input.value = '';
      this.results = [];
      this.open(false);
      this.status.textContent = '';
      this.write();
      if (!this.checked) this.lookUp();
    }

    remove(index) {
      this.codes.splice(index, 1);
      this.write();
      this.input.focus();
    }

    move(index, by) {
      const [code] = this.codes.splice(index, 1);
      this.codes.splice(index + by, 0, code);
      this.write();
      const row = this.list.children[index + by];
      const same = row.querySelector(`[data-by="${by}"]`);
      (same && !same.disabled ? same : row.querySelector('[data-by]:not([disabled])')).focus();
    }

    write() {
      if (this.singleValue) this.element.value = this.codes[0] || '';
      else this.element.value = this.codes.length ? JSON.stringify(this.codes) : '';
      this.draw();
      this.element.dispatchEvent(new Event('input', { bubbles: true }));
      this.element.dispatchEvent(new Event('change', { bubbles: true }));
    }

    async lookUp() {
      if (!this.urlValue || !this.codes.length) return;
      try {
        const found = await resolve(this.urlValue, this.codes);
        this.codes.forEach((code) => found.has(code) && this.known.set(code, found.get(code)));
        this.checked = true;
        this.draw();
      } catch {
        this.status.textContent = this.labelsValue.failed;
      }
    }

    draw() {
      this.list.hidden = !this.codes.length;
      this.list.replaceChildren(...this.codes.map((code, index) => this.row(code, index)));
      this.finder.hidden = (this.singleValue && this.codes.length > 0) || this.element.disabled;
    }

    row(code, index) {
      const row = document.createElement('li');
      const thing = this.known.get(code);
      const title = (thing && thing.title) || code;
      if (thing && thing.url) {
        const link = this.words('a', title);
        Object.assign(link, { href: thing.url, target: '_blank', rel: 'noopener', title: this.labelsValue.open });
        row.append(link);
      } else row.append(this.words('span', title));
      if (thing) row.append(this.words('code', code));
      else if (this.urlValue && this.checked) {
        row.classList.add('codes__unknown');
        row.append(this.words('em', this.labelsValue.unknown));
      }
      if (this.element.disabled) return row;
      const tools = document.createElement('span');
      tools.className = 'codes__tools';
      if (this.orderedValue) {
        tools.append(
          this.tool('arrow-up', `${this.labelsValue.up}: ${title}`, () => this.move(index, -1), index === 0, -1),
          this.tool('arrow-down', `${this.labelsValue.down}: ${title}`, () => this.move(index, 1), index === this.codes.length - 1, 1),
        );
      }
      tools.append(this.tool('cross', `${this.labelsValue.remove}: ${title}`, () => this.remove(index)));
      row.append(tools);
      return row;
    }

    tool(icon, label, action, disabled = false, by = 0) {
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', disabled, title: label });
      button.className = 'button button--icon text-replace codes__tool';
      button.setAttribute('aria-label', label);
      if (by) button.dataset.by = String(by);
      button.innerHTML = `<svg class="icon icon-${icon} icon" aria-hidden="true"><use href="#icon-${icon}"></use></svg>`;
      button.addEventListener('click', action);
      return button;
    }

    words(tag, text) {
      const element = document.createElement(tag);
      element.textContent = text;
      return element;
    }
  }

  window.wagtail.app.register('codes', CodesController);
})();
