import process from 'node:process';

/*
 * ONNX Runtime 1.30 keeps a device number and a data base of its use in the user's home folder, and can
 * send them to Microsoft. Nothing of the kind happens here unless the variable is set otherwise. Only the main thread's
 * variables reach native code, so this is imported wherever threads that run ONNX Runtime are started, too.
 */
process.env.ORT_DISABLE_TELEMETRY ??= '1';
