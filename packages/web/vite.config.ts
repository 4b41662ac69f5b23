import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * What every page needs travels in one file: many small ones cost the first view more than their bytes.
 * Parts that come on demand (menus, dialogs, palette) and the folders below ui/ and shell/ stay out of it.
 */
const libraries = /node_modules\/(?:react|react-dom|scheduler|@tanstack|lucide-react)\//;
const frame = /packages\/web\/src\/(?:lib|ui|shell)\/[^/]+$/;
const onDemand =
  /\/(?:menu-parts|popover-body|dialog|palette|palette-entries|cheat-sheet|drawer)\.tsx?$/;

// One origin, no CDN: fonts and icons are bundled. The polyfill for module preloading is left out
// because no browser that runs this page needs it.
export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'frame',
              test: (id) => !onDemand.test(id) && (libraries.test(id) || frame.test(id)),
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:26242' } },
});
