/* A text in several languages: one input (or text area) a language, kept as JSON in the original input.
   A plain string stays a plain string as long as only Vietnamese is written. */
(() => {
  const FIRST = ['vi', 'en'];
  const TAG = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

  class LocalisedTextController extends window.StimulusModule.Controller {
    static values = { labels: Object, long: Boolean };

    connect() {
      if (this.box) return;
      const { texts, plain } = this.read();
      this.plain = plain;
      this.inputs = new Map();
      this.box = document.createElement('div');
      this.box.className = 'localised-text';
      this.box.setAttribute('role', 'group');
      const label = document.querySelector(`label[for="${CSS.escape(this.element.id)}"]`);
      if (label) this.box.setAttribute('aria-label', label.textContent.trim());
      [...FIRST, ...Object.keys(texts).filter((tag) => !FIRST.includes(tag))].forEach((tag) =>
        this.addInput(tag, texts[tag] || ''),
      );
      this.addAdder();
      this.element.after(this.box);
      this.element.type = 'hidden';
      if (label && this.inputs.get('vi').id) label.htmlFor = this.inputs.get('vi').id;
      this.invalid = new MutationObserver(() => this.mark());
      this.invalid.observe(this.element, { attributes: true, attributeFilter: ['aria-invalid'] });
      this.mark();
    }

    disconnect() {
      if (this.invalid) this.invalid.disconnect();
    }

    read() {
      const raw = this.element.value;
      if (!raw) return { texts: {}, plain: true };
      try {
        const value = JSON.parse(raw);
        if (typeof value === 'string') return { texts: { vi: value }, plain: true };
        if (value && typeof value === 'object') return { texts: value, plain: false };
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      return { texts: { vi: raw }, plain: true };
    }

    languageName(tag) {
      if (this.labelsValue[tag]) return this.labelsValue[tag];
      try {
        return `${new Intl.DisplayNames([document.documentElement.lang || 'vi'], { type: 'language' }).of(tag)} (${tag})`;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return tag;
      }
    }

    addInput(tag, text) {
      const row = document.createElement('div');
      row.className = 'localised-text__row';
      const label = document.createElement('label');
      label.className = 'localised-text__language';
      label.textContent = this.languageName(tag);
      const input = document.createElement(this.longValue ? 'textarea' : 'input');
      if (this.longValue) input.rows = 3;
      else input.type = 'text';
      input.lang = tag;
      input.id = `${this.element.id}--${tag}`;
      label.htmlFor = input.id;
      input.value = text;
      input.disabled = this.element.disabled;
      if (tag === 'vi' && this.element.required) input.setAttribute('aria-required', 'true');
      if (this.element.getAttribute('aria-describedby')) {
        input.setAttribute('aria-describedby', this.element.getAttribute('aria-describedby'));
      }
      input.addEventListener('input', () => this.write());
      row.append(label, input);
      this.inputs.set(tag, input);
      if (this.adder) this.adder.before(row);
      else this.box.append(row);
      return input;
    }

    addAdder() {
      this.adder = document.createElement('details');
      this.adder.className = 'localised-text__add';
      const summary = document.createElement('summary');
      summary.textContent = this.labelsValue.add;
      const input = document.createElement('input');
      input.type = 'text';
      input.maxLength = 32;
      input.setAttribute('aria-label', this.labelsValue.tag);
      input.placeholder = this.labelsValue.tag;
      const add = () => {
        const tag = input.value.trim();
        input.setAttribute('aria-invalid', String(tag !== '' && !TAG.test(tag)));
        if (!TAG.test(tag)) return;
        const target = this.inputs.get(tag) || this.addInput(tag, '');
        input.value = '';
        this.adder.open = false;
        target.focus();
      };
      input.addEventListener('change', add);
      input.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        add();
      });
      this.adder.append(summary, input);
      this.adder.hidden = this.element.disabled;
      this.box.append(this.adder);
    }

    write() {
      const texts = {};
      this.inputs.forEach((input, tag) => {
        if (input.value !== '') texts[tag] = input.value;
      });
      const tags = Object.keys(texts);
      let value = '';
      if (tags.length === 1 && tags[0] === 'vi' && this.plain) value = JSON.stringify(texts.vi);
      else if (tags.length) value = JSON.stringify(texts);
      this.element.value = value;
      this.element.dispatchEvent(new Event('input', { bubbles: true }));
      this.element.dispatchEvent(new Event('change', { bubbles: true }));
    }

    mark() {
      const invalid = this.element.getAttribute('aria-invalid');
      const input = this.inputs.get('vi');
      if (invalid) input.setAttribute('aria-invalid', invalid);
      else input.removeAttribute('aria-invalid');
    }
  }

  window.wagtail.app.register('localised-text', LocalisedTextController);
})();
