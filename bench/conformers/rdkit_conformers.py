#!/usr/bin/python3
"""Conformers by RDKit, to compare with: ETKDGv3 as embedded, and relaxed with MMFF94s.

needs: apt-get install python3-rdkit
usage: rdkit_conformers.py REFERENCES.jsonl[.gz] OUT_FOLDER [--limit N] [--per-reference 2] [--seed 1]

Takes the molecules and the number of conformers from a file of ensembles (a JSON object a line, with smiles and coords)
and writes OUT_FOLDER/NAME.etkdg.sdf and OUT_FOLDER/NAME.etkdg-mmff94s.sdf: the same conformers before and after.
Each record has the properties seconds (of processor time for one conformer; relaxed ones with their embedding), seed,
method.
"""
import argparse, gzip, json, os, time
os.environ.update(OMP_NUM_THREADS="1")
from rdkit import Chem, RDLogger, rdBase
from rdkit.Chem import AllChem

RDLogger.DisableLog("rdApp.*")


def embed(smiles, count, seed):
    mol = Chem.AddHs(Chem.MolFromSmiles(smiles))
    parameters = AllChem.ETKDGv3()
    parameters.randomSeed = seed
    AllChem.EmbedMultipleConfs(mol, count, parameters)
    if not mol.GetNumConformers():
        parameters.useRandomCoords = True
        AllChem.EmbedMultipleConfs(mol, count, parameters)
    return mol


def write(writer, mol, name, seconds, seed, method):
    mol.SetProp("_Name", name)
    for conformer in mol.GetConformers():
        mol.SetProp("seconds", f"{seconds:.6f}")
        mol.SetProp("seed", str(seed))
        mol.SetProp("method", method)
        writer.write(mol, confId=conformer.GetId())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("references"), parser.add_argument("folder")
    parser.add_argument("--limit", type=int), parser.add_argument("--per-reference", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    name = os.path.basename(options.references).split(".jsonl")[0]
    os.makedirs(options.folder, exist_ok=True)
    opened = gzip.open if options.references.endswith(".gz") else open
    with opened(options.references, "rt") as file:
        entries = [json.loads(line) for line in file][: options.limit]
    plain = Chem.SDWriter(f"{options.folder}/{name}.etkdg.sdf")
    relaxed = Chem.SDWriter(f"{options.folder}/{name}.etkdg-mmff94s.sdf")
    totals = [0, 0.0, 0.0]
    for entry in entries:
        wanted = options.per_reference * len(entry["coords"])
        start = time.process_time()
        mol = embed(entry["smiles"], wanted, options.seed)
        embedding = time.process_time() - start
        found = mol.GetNumConformers()
        if found < wanted:
            print(f"{entry['smiles']}: {found} of {wanted} conformers")
        if not found:
            continue
        title = entry.get("name", entry["smiles"])
        write(plain, mol, title, embedding / found, options.seed, "RDKit ETKDGv3")
        start = time.process_time()
        if AllChem.MMFFHasAllMoleculeParams(mol):
            AllChem.MMFFOptimizeMoleculeConfs(mol, numThreads=1, maxIters=2000, mmffVariant="MMFF94s")
        else:
            print(f"{entry['smiles']}: no MMFF94s parameters, left as embedded")
        relaxing = time.process_time() - start
        write(relaxed, mol, title, (embedding + relaxing) / found, options.seed, "RDKit ETKDGv3 + MMFF94s")
        totals = [totals[0] + found, totals[1] + embedding, totals[2] + relaxing]
    plain.close(), relaxed.close()
    count, embedding, relaxing = totals
    print(
        f"{name}: RDKit {rdBase.rdkitVersion}, {len(entries)} molecules, {count} conformers, "
        f"{embedding / count:.4f} s a conformer, {(embedding + relaxing) / count:.4f} s with MMFF94s"
    )


if __name__ == "__main__":
    main()
