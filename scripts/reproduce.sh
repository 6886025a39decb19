#!/usr/bin/env bash
# Reproduces the accuracy tables of docs/results.md: simulates the four published sets and trains every network in
# them, one after the other. Started again, it goes on where it stopped; Ctrl-C is safe.
#
#     bash scripts/reproduce.sh [FOLDER]        (default: runs/published)
#
# On two quiet cores a 5-body run takes 2 minutes and one on G+ES(20) 12; ES(20) and L+ES(20) have three times as many
# steps.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="${1:-runs/published}"
clofnet() { node --import ./scripts/typescript.js src/cli/main.ts "$@"; }

simulate() { # name, options
  local data="$folder/data/$1"
  compgen -G "$data/loc_test_*.npy" >/dev/null || clofnet newton simulate --out "$data" "${@:2}"
}

train() { # name, recipe, options; the recipe's name is that of its data
  local run="$folder/$1"
  [ -e "$run/finished" ] && return
  if [ -e "$run/checkpoint.safetensors" ]; then clofnet newton train --resume --out "$run"
  else clofnet newton train --recipe "$2" --data "$folder/data/$2" --out "$run" "${@:3}"; fi
  touch "$run/finished"
}

simulate es5
simulate es20 --bodies 20
simulate g-es20 --bodies 20 --system static
simulate l-es20 --bodies 20 --system dynamic

for seed in 1 2 3; do
  train "clofnet-es5-seed$seed" es5 --seed "$seed"
  train "egnn-es5-seed$seed" es5 --seed "$seed" --model egnn_vel --rate 0.001
done
for seed in 1 2 3; do
  train "clofnet-es5-orthonormal-seed$seed" es5 --seed "$seed" --frame orthonormal
  train "clofnet-es5-every-layer-seed$seed" es5 --seed "$seed" --scalarize every-layer
  train "clofnet-es5-charges-seed$seed" es5 --seed "$seed" --charges
  train "clofnet-g-es20-seed$seed" g-es20 --seed "$seed"
  train "clofnet-g-es20-gravity-seed$seed" g-es20 --seed "$seed" --fields gravity
done

train clofnet-es20-seed1 es20
train clofnet-l-es20-seed1 l-es20
train clofnet-l-es20-magnetic l-es20 --fields magnetic --charges
for recipe in g-es20 es20 l-es20; do
  train "egnn-$recipe-seed1" "$recipe" --model egnn_vel --rate 0.001
done
