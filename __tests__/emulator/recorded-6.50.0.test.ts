import { holdToRecordings } from './recorded';

holdToRecordings('6.50.0');
