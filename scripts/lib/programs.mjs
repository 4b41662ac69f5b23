/**
 * Programs that tests speak to: shells for completion and environments, age for encrypted ones, a voice, a listener
 * and ffmpeg for audio, Python and R with what people fit models with, engines for containers.
 */
import { existsSync } from 'node:fs';
import { installPackage } from './debian.mjs';

const isThere = (name) =>
  name.startsWith('/')
    ? existsSync(name)
    : ['/bin', '/usr/bin', '/usr/local/bin'].some((folder) => existsSync(`${folder}/${name}`));

/** Programs with the Debian packages that they take. */
const PROGRAMS = [
  { name: 'zsh', packages: ['zsh'] },
  { name: 'fish', packages: ['fish'] },
  { name: 'age', packages: ['age'] },
  { name: 'espeak-ng', packages: ['espeak-ng'] },
  { name: 'ffmpeg', packages: ['ffmpeg'] },
  {
    name: '/usr/lib/python3/dist-packages/sklearn',
    packages: ['python3-sklearn', 'python3-joblib'],
  },
  { name: '/usr/lib/python3/dist-packages/pandas', packages: ['python3-pandas'] },
  { name: '/usr/lib/python3/dist-packages/onnx', packages: ['python3-onnx'] },
  {
    name: '/usr/lib/python3/dist-packages/grpc',
    packages: ['python3-grpcio', 'python3-grpc-tools'],
  },
  {
    name: '/usr/lib/python3/dist-packages/fastapi',
    packages: ['python3-fastapi', 'python3-uvicorn'],
  },
  { name: '/usr/lib/python3/dist-packages/pytest_cov', packages: ['python3-pytest-cov'] },
  { name: 'Rscript', packages: ['r-base-core'] },
  ...['jsonlite', 'testthat', 'lintr', 'covr'].map((name) => ({
    name: `/usr/lib/R/site-library/${name}`,
    packages: [`r-cran-${name}`],
  })),
  { name: '/usr/lib/R/library/survival', packages: ['r-cran-survival'] },
  { name: 'protoc', packages: ['protobuf-compiler'] },
  { name: 'podman', packages: ['podman', 'runc', 'netavark'] },
  { name: 'pocketsphinx_continuous', packages: ['pocketsphinx', 'pocketsphinx-en-us'] },
];

/** Installs them where that is possible. Returns one line per program that is not to be had. */
export function ensurePrograms() {
  return PROGRAMS.filter(({ name }) => !isThere(name)).flatMap(({ name, packages }) => {
    const reason = packages.map((one) => installPackage(one)).find((one) => one !== undefined);
    return reason === undefined ? [] : [`not run: suites that need ${name}: ${reason}`];
  });
}
