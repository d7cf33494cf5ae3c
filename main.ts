import { App } from 'cdktf';
import { buildServices, synthServices } from './cli/services-app';

const app = new App({ skipValidation: true }); // buildServices runs every check, and knows the place of each problem in the file
const stacks = buildServices(app); // one for each environment of services.yaml

synthServices(app, stacks);
