import { App } from 'cdktf';
import { buildServices, synthServices } from './services-app';

/** What `synth` runs in a folder without a cdktf.json. */
const app = new App({ skipValidation: true }); // buildServices runs every check, and reports the place of each problem in the file
synthServices(app, buildServices(app));
