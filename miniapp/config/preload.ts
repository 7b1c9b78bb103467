import type { Chunk, ChunkGraph, Compilation, Module } from 'webpack'

const home = /[\\/]pages[\\/]home[\\/]index/

const known = new WeakMap<Chunk, boolean>()

/** Whether the home page is in a chunk. */
function holdsHome(chunk: Chunk, graph: ChunkGraph): boolean {
  const before = known.get(chunk)
  if (before !== undefined) return before
  const holds = [...graph.getChunkModulesIterable(chunk)].some((module) => home.test(module.identifier()))
  known.set(chunk, holds)
  return holds
}

/** Whether the home page needs a module: only such a one travels with it. */
export function servesHome(module: Module, { chunkGraph }: { readonly chunkGraph: ChunkGraph }): boolean {
  return [...chunkGraph.getModuleChunksIterable(module)].some((chunk) => holdsHome(chunk, chunkGraph))
}

/** The script files that the home page needs besides the entry, so that `index.html` can ask for them at once. */
export function homeFiles(compilation: Compilation): string[] {
  const files = new Set<string>()
  for (const group of compilation.chunkGroups) {
    if (group.isInitial()) continue
    // By who asks for it: other pages share the home page's file.
    if (!group.origins.some(({ request }) => home.test(request))) continue
    for (const chunk of group.chunks) for (const file of chunk.files) files.add(file)
  }
  return [...files]
}
