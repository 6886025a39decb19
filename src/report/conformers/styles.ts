/** The look of molecules in 3D: the usual colours of the elements, by day and by night. */
export const moleculeStyles = `
.el-H { --colour: #b9bec6; } .el-B { --colour: #d98f8f; } .el-C { --colour: #5a626d; } .el-N { --colour: #2f57d6; }
.el-O { --colour: #d5312a; } .el-F, .el-Cl { --colour: #2f9e44; } .el-Si { --colour: #b8955a; } .el-P { --colour: #e07b1f; }
.el-S { --colour: #c9a514; } .el-Br { --colour: #93301f; } .el-I { --colour: #7b2fa8; } .el-other { --colour: #a0578f; }
@media (prefers-color-scheme: dark) {
  .el-H { --colour: #dfe3e8; } .el-C { --colour: #9aa3af; } .el-N { --colour: #6f93ff; } .el-O { --colour: #ff6b61; }
  .el-F, .el-Cl { --colour: #6fcf7f; } .el-S { --colour: #f2d13d; } .el-Br { --colour: #d0705d; } .el-I { --colour: #b57be0; }
}
.space .atom { fill: var(--colour); stroke: color-mix(in srgb, var(--colour) 55%, #000); stroke-width: 0.8; }
.space .stick { stroke: var(--colour); stroke-linecap: round; }
.space .stick.wide { stroke-width: 7; } .space .stick.medium { stroke-width: 5; } .space .stick.narrow { stroke-width: 3.4; }
.space .stick.multiple.wide { stroke-width: 4; } .space .stick.multiple.medium { stroke-width: 2.8; } .space .stick.multiple.narrow { stroke-width: 2; }
.space .stick.aromatic { stroke-width: 1.8; stroke-dasharray: 4 4; stroke-linecap: butt; }
.space .stick.light { stroke-width: 2.6; }
.space .shade { stroke: var(--colour); stroke-opacity: 0.55; stroke-linecap: round; }
.space .shade.wide { stroke-width: 13; } .space .shade.medium { stroke-width: 9; } .space .shade.narrow { stroke-width: 6; }
.space .shade.light { stroke-width: 4; }
.sample.shade { border-top-width: 6px; opacity: 0.55; }
`;
