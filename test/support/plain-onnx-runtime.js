// Runs an ONNX file with ONNX Runtime alone, as any program may: node plain-onnx-runtime.js MODEL < FEEDS
// FEEDS is JSON, one object of { name: { type, dims, data } } a run; the outputs come back in the same form.
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const arrays = { float32: Float32Array, int32: Int32Array };
const session = await InferenceSession.create(process.argv[2]);
const results = [];
for (const feeds of JSON.parse(readFileSync(0, 'utf8'))) {
  const tensors = Object.entries(feeds).map(([name, { type, dims, data }]) => [
    name,
    new Tensor(type, arrays[type].from(data), dims),
  ]);
  const outputs = await session.run(Object.fromEntries(tensors));
  const plain = Object.entries(outputs).map(([name, { dims, data }]) => [name, { dims, data: [...data] }]);
  results.push(Object.fromEntries(plain));
}
process.stdout.write(JSON.stringify({ inputs: session.inputNames, outputs: session.outputNames, results }));
