/** Where text goes: `process.stdout` and `process.stderr`, or something that a test reads. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Streams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

/**
 * The process's own streams. A reader that leaves early (`clofnet … | head`) ends the program quietly, and standard
 * output that cannot be written (a full disk) ends it with one line; a broken standard error is nobody's concern.
 */
export function processStreams(): Streams {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`clofnet: cannot write to standard output: ${error.message}\n`);
    process.exit(2);
  });
  process.stderr.on('error', () => {});
  return { stdout: process.stdout, stderr: process.stderr };
}
