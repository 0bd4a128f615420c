// Runs the built program again and again in one process, so that a thousand runs need not start Node a thousand times. Told
// {args, cwd, env} by its parent, it answers {code, stderr}. Started with `fork`, standard output thrown away.
import { pathToFileURL } from 'node:url';

const main = pathToFileURL(process.argv[2]).href;
let runs = 0;
let said = '';
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0); // each run listens anew
process.stderr.write = (text, ...rest) => {
  said += text;
  rest.findLast((it) => typeof it === 'function')?.();
  return true;
};

process.on('message', async ({ args, cwd, env }) => {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv.splice(2, Infinity, ...args);
  said = '';
  const code = await new Promise((resolve, reject) => {
    process.exit = resolve;
    runs += 1;
    import(`${main}?run=${runs}`).catch(reject); // another address is another module; what it loads is loaded once
  });
  process.send({ code, stderr: said });
});
