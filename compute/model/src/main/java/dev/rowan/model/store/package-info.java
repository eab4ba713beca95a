/**
 * Models on this machine: where they are kept, and how they get there.
 *
 * <p>{@link dev.rowan.model.store.ModelStore} finds and opens models by name. {@link dev.rowan.model.store.Pull} brings one
 * from a {@link dev.rowan.model.store.Source}: a Hugging Face repository, an address, a folder, a file, a Python package.
 * {@code Download} survives connections that break, and checks what came. A model appears in the store when it is whole.
 */
@NullMarked
package dev.rowan.model.store;

import org.jspecify.annotations.NullMarked;
