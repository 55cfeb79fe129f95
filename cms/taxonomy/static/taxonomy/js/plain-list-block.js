/* A list block that may stand at the top of a field: Wagtail asks the root block for its element, which only its other
   blocks have. */
(() => {
  class PlainListBlockDefinition extends window.wagtailStreamField.blocks.ListBlockDefinition {
    render(...args) {
      const block = super.render(...args);
      if (!block.element) [block.element] = block.container;
      return block;
    }
  }

  window.telepath.register('curriculum.PlainListBlock', PlainListBlockDefinition);
})();
