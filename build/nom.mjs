#!/usr/bin/env node
/** The command `nom` of a checkout: finds itself the right Node, installs and builds first where that is due. */
import { main } from './launch.mjs';

process.exitCode = await main(['nom', ...process.argv.slice(2)]);
