// eslint-doc-generator takes the rules' prefix from the plugin's name; ours is in its namespace.
import handoff from '../../dist/src/index.js';

export default { ...handoff, meta: { ...handoff.meta, name: 'eslint-plugin-handoff' } };
