import { App } from 'cdktf';
import { buildServices, synthServices } from './services-app';

/** What `synth` runs in a folder without a cdktf.json. */
const app = new App({ skipValidation: true }); // buildServices runs every check, and knows where in the file a problem is
synthServices(app, buildServices(app));
