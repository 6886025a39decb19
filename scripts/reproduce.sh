#!/usr/bin/env bash
# Reproduces the accuracy tables of docs/results.md: simulates the four published sets and trains every network in
# them, one after the other. Started again, it goes on where it stopped; Ctrl-C is safe.
#
#     bash scripts/reproduce.sh [FOLDER]        (default: runs/published)
#
# On two cores, beside other work, a 5-body run took 3 to 6 minutes and G+ES(20) 39; ES(20) and L+ES(20) have three
# times as many steps.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="${1:-runs/published}"
clofnet() { node --import ./scripts/typescript.js src/cli/main.ts "$@"; }

simulate() { # name, options
  local data="$folder/data/$1"
  [ -d "$data" ] || clofnet newton simulate --out "$data" "${@:2}"
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
train clofnet-es5-orthonormal es5 --frame orthonormal
train clofnet-es5-every-layer es5 --scalarize every-layer
train clofnet-es5-charges es5 --charges

train clofnet-g-es20-seed1 g-es20
train clofnet-g-es20-gravity g-es20 --fields gravity
train clofnet-es20-seed1 es20
train clofnet-l-es20-seed1 l-es20
train clofnet-l-es20-magnetic l-es20 --fields magnetic --charges
for recipe in g-es20 es20 l-es20; do
  train "egnn-$recipe-seed1" "$recipe" --model egnn_vel --rate 0.001
done
