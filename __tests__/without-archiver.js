/**
 * In the place of what cdktf makes zip files of assets with, which no stack here has. It loads 240 files: half of the time to load
 * cdktf.
 */
module.exports = () => {
  throw new Error('a test makes an archive: take __tests__/without-archiver.js out of jest.config.js');
};
