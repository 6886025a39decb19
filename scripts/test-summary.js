// node scripts/test-summary.js RESULTS.json STATUS: prints how many tests passed and failed, as one plain line.
// STATUS is how `npm test` ended. Where it stopped before the tests, that is the one thing that failed.
import { existsSync, readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);

/** Test files that could not even be loaded, or whose preparation failed, have no failed test of their own. */
const brokenFiles = ({ testResults }) =>
  testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed'),
  ).length;

function count() {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const failed = results.numFailedTests + brokenFiles(results);
  return { passed: results.numPassedTests, failed: status === '0' ? failed : Math.max(1, failed) };
}

const { passed, failed } = count();
console.log(`${passed} passed, ${failed} failed`);
