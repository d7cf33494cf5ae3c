import { App } from 'cdktf';
import { buildServices, synthServices } from './cli/services-app';

const app = new App({ skipValidation: true }); // buildServices runs every check, and knows where in the file a problem is
const stacks = buildServices(app); // one for each environment of services.yaml

synthServices(app, stacks);
