package dev.rowan.model.store;

/** Hears how far a pull is. */
public interface PullListener {

  /** Nobody listens. */
  PullListener NONE = new PullListener() {
    @Override
    public void file(String name, long present, long total) {}

    @Override
    public void bytes(long count) {}

    @Override
    public void again(String why) {}
  };

  /** A file starts; {@code present} of its {@code total} bytes are there already. A total of -1 is unknown. */
  void file(String name, long present, long total);

  /** So many more bytes have come. */
  void bytes(long count);

  /** The last bytes of the current file did not count: it starts over, or goes on after a break. */
  void again(String why);
}
