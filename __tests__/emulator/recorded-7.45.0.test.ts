import { holdToRecordings } from './recorded';

holdToRecordings('7.45.0');
