/* A text area for Markdown with EasyMDE: buttons, Ctrl+B and its like, and a preview that the server renders. The text
   area keeps the value, so that the form, drafts, duplicates and comments know of no editor. */
(() => {
  const TOOLS = [
    ['bold', 'toggleBold', 'bold'],
    ['italic', 'toggleItalic', 'italic'],
    ['heading', 'toggleHeadingSmaller', 'title'],
    ['unordered-list', 'toggleUnorderedList', 'list-ul'],
    ['ordered-list', 'toggleOrderedList', 'list-ol'],
    ['quote', 'toggleBlockquote', 'openquote'],
    ['link', 'drawLink', 'link'],
    ['table', 'drawTable', 'table'],
    ['undo', 'undo', 'arrow-left'],
    ['redo', 'redo', 'arrow-right'],
    ['preview', 'togglePreview', 'view'],
  ];

  const icon = (name) =>
    `<svg class="icon icon-${name}" aria-hidden="true"><use href="#icon-${name}"></use></svg>`;

  class MarkdownController extends window.StimulusModule.Controller {
    static values = { url: String, labels: Object };

    connect() {
      if (this.editor) {
        this.editor.codemirror.refresh(); // the block was moved
        return;
      }
      if (this.element.disabled || this.element.readOnly) return;
      const label = document.querySelector(`label[for="${CSS.escape(this.element.id)}"]`);
      this.editor = new window.EasyMDE({
        element: this.element,
        autoDownloadFontAwesome: false,
        spellChecker: false,
        nativeSpellcheck: true,
        inputStyle: 'contenteditable',
        forceSync: true,
        status: false,
        minHeight: '9rem',
        indentWithTabs: false,
        toolbar: TOOLS.map(([name, action, picture]) => ({
          name,
          action: window.EasyMDE[action],
          title: this.labelsValue[name],
          icon: icon(picture),
          noDisable: name === 'preview',
        })),
        insertTexts: { link: ['[', '](https://)'] },
        previewClass: ['editor-preview', 'markdown-preview'],
        previewRender: (text, preview) => this.render(text, preview),
      });
      const code = this.editor.codemirror;
      code.setOption('extraKeys', { ...code.getOption('extraKeys'), Tab: false, 'Shift-Tab': false, F9: false, F11: false });
      code.setOption('screenReaderLabel', label ? label.textContent.trim() : '');
      code.getInputField().setAttribute('aria-label', label ? label.textContent.replace('*', '').trim() : '');
      code.on('change', () => {
        ['input', 'change'].forEach((name) => this.element.dispatchEvent(new Event(name, { bubbles: true })));
      });
      this.element.focus = () => code.focus();
      if (label) label.addEventListener('click', () => code.focus());
      this.walkTools();
      this.watch(code);
    }

    disconnect() {
      setTimeout(() => {
        if (this.element.isConnected || !this.editor) return; // only moved
        this.observer?.disconnect();
        this.editor.cleanup?.();
      });
    }

    /* One stop of the Tab key, arrows within: what a toolbar is. */
    walkTools() {
      const bar = this.element.parentElement.querySelector('.editor-toolbar');
      const tools = [...bar.querySelectorAll('button')];
      bar.setAttribute('role', 'toolbar');
      bar.setAttribute('aria-label', this.labelsValue.toolbar);
      tools[0].tabIndex = 0;
      bar.addEventListener('keydown', (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const from = tools.indexOf(document.activeElement);
        const next = tools[(from + step + tools.length) % tools.length];
        tools.forEach((tool) => { tool.tabIndex = tool === next ? 0 : -1; });
        next.focus();
      });
    }

    /* An editor that was drawn inside a closed tab or block has no size: draw it again when it is seen. */
    watch(code) {
      this.observer = new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting)) code.refresh();
      });
      this.observer.observe(code.getWrapperElement());
    }

    render(text, preview) {
      const body = new FormData();
      body.append('text', text);
      fetch(this.urlValue, { method: 'POST', body, headers: { 'X-CSRFToken': window.wagtailConfig.CSRF_TOKEN } })
        .then((response) => {
          if (!response.ok) throw new Error(String(response.status));
          return response.text();
        })
        .then((html) => { preview.innerHTML = html; })
        .catch(() => { preview.textContent = this.labelsValue.failed; });
      return this.labelsValue.loading;
    }
  }

  window.wagtail.app.register('markdown-editor', MarkdownController);
})();
