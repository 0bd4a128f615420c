import { defineConfig } from 'rolldown';
import license from 'rollup-plugin-license';

/** One directory of files that load what they need and nothing else, the libraries and their licences with them. */
export default defineConfig({
  input: { main: 'src/main.ts', 'demo-agent': 'src/demo/agent.ts' },
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  logLevel: 'warn',
  transform: { target: 'node20.19' },
  plugins: [license({ thirdParty: { output: 'dist/LICENSES.txt' } })],
  output: {
    dir: 'dist',
    cleanDir: true,
    chunkFileNames: '[name]-[hash].js',
    // What every command needs lies in one file, and so does what most of them need of a run (20 of the modules that are
    // loaded on demand, and more): each file more costs a third of a millisecond.
    codeSplitting: {
      groups: [
        { name: 'base', test: /src\/(?:lib|errors|package-file|cli\/(?:output|version))/, priority: 1 },
        { name: 'run', test: /src\/(?:core|store)/, minShareCount: 20 },
      ],
    },
    comments: { legal: false },
  },
});
