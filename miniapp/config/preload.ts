import type { Compilation } from 'webpack'

const home = /[\\/]src[\\/]pages[\\/]home[\\/]index/

/** The script files that the home page needs besides the entry, so that `index.html` can ask for them at once. */
export function homeFiles(compilation: Compilation): string[] {
  const files = new Set<string>()
  for (const group of compilation.chunkGroups) {
    if (group.isInitial()) continue
    const holdsHome = group.chunks.some((chunk) =>
      [...compilation.chunkGraph.getChunkModulesIterable(chunk)].some((module) => home.test(module.identifier())),
    )
    if (!holdsHome) continue
    for (const chunk of group.chunks) for (const file of chunk.files) files.add(file)
  }
  return [...files]
}
