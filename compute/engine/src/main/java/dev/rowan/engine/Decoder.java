package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.Rope;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Product;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * One forward pass over rows that belong to any sequences: the same arithmetic as training's, with keys and values taken
 * from the store. Matrix products are oneDNN's, all between them is done row by row here. Belongs to one lane's thread.
 */
final class Decoder implements AutoCloseable {

  /**
   * The rows of a pass.
   *
   * @param tokens token of each row
   * @param spans rows of one sequence each, in order of position; together all rows
   */
  record Rows(int[] tokens, List<Attention.Span> spans) {}

  /** Receives logits, which are overwritten after each call. */
  @FunctionalInterface
  interface Output {

    /** Logits of the row of this index among those that were asked for. */
    void accept(int index, float[] logits);
  }

  /** The products of a layer. */
  private record LayerProducts(
      DecoderWeights.Layer weights, Product qkv, Product output, Product gateUp, Product down) {}

  /** Products are prepared and kept for each number of rows: only multiples of this are used beyond it. */
  private static final int ROW_STEP = 16;

  /** Rows whose logits are held at once: a large vocabulary makes them large. */
  private static final int LOGIT_ROWS = 64;

  private final DecoderWeights weights;
  private final LlamaConfig config;
  private final KvStore store;
  private final Rope rope;
  private final RowKernels kernels;
  private final Attention attention;
  private final List<LayerProducts> layers;
  private final Product unembed;
  private final int hidden;
  private final int queryWidth;
  private final int keyWidth;
  private final float[] row;
  private final float[] logits;
  private final ProductRows last;
  private int room;
  private ProductRows exchange;
  private float[] stream = new float[0];
  private float[] qkv = new float[0];
  private float[] mixed = new float[0];

  /** Vector operations are used when they are {@code compiled}. */
  Decoder(DecoderWeights weights, KvStore store, BooleanSupplier compiled) {
    this.weights = weights;
    this.config = weights.config();
    this.store = store;
    this.rope = Rope.of(config);
    this.kernels = new SwitchingKernels(compiled);
    this.attention = Attention.switching(config, store, weights.type() == DType.BFLOAT16, compiled);
    this.layers = IntStream.range(0, config.layers())
        .mapToObj(i -> products(weights.layer(i)))
        .toList();
    this.unembed = weights.unembed().product();
    this.hidden = config.hidden();
    this.queryWidth = config.heads() * config.headDim();
    this.keyWidth = config.kvHeads() * config.headDim();
    this.row = new float[Math.max(hidden, 2 * config.intermediate())];
    this.logits = new float[config.vocabulary()];
    this.last = new ProductRows(kernels, weights.type(), LOGIT_ROWS, hidden, config.vocabulary());
    this.exchange = makeRoom(ROW_STEP);
  }

  private static LayerProducts products(DecoderWeights.Layer layer) {
    return new LayerProducts(
        layer,
        layer.qkv().product(),
        layer.output().product(),
        layer.gateUp().product(),
        layer.down().product());
  }

  private ProductRows makeRoom(int rows) {
    room = rows;
    stream = new float[rows * hidden];
    qkv = new float[rows * (queryWidth + 2 * keyWidth)];
    mixed = new float[rows * queryWidth];
    int widest = Math.max(queryWidth + 2 * keyWidth, 2 * config.intermediate());
    return new ProductRows(
        kernels,
        weights.type(),
        rows,
        Math.max(Math.max(hidden, queryWidth), config.intermediate()),
        Math.max(widest, hidden));
  }

  /** The number of rows that {@code count} rows are computed as, one of a few. */
  private int padded(int count) {
    return count > ROW_STEP
        ? (count + ROW_STEP - 1) / ROW_STEP * ROW_STEP
        : Math.max(Product.fewestRows(weights.type()), Integer.highestOneBit(2 * count - 1));
  }

  /** Stores the rows' keys and values, and keeps the residual stream for {@link #hidden} and {@link #logits}. */
  void compute(Rows rows) {
    int count = rows.tokens.length;
    if (padded(count) > room) {
      exchange.close();
      exchange = makeRoom(padded(count));
    }
    embed(rows.tokens);
    Rope.Angles angles = rope.upTo(rows.spans.stream()
        .mapToInt(span -> span.length(span.count() - 1))
        .max()
        .orElse(1));
    for (int i = 0; i < layers.size(); i++) {
      LayerProducts layer = layers.get(i);
      normed(count, layer.weights.inputNorm());
      exchange.run(layer.qkv, padded(count));
      attend(i, layer.weights, rows, angles);
      exchange.run(layer.output, padded(count));
      added(count);
      normed(count, layer.weights.feedForwardNorm());
      exchange.run(layer.gateUp, padded(count));
      gated(count);
      exchange.run(layer.down, padded(count));
      added(count);
    }
  }

  private void embed(int[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      weights.embed().read(tokens[i], row);
      System.arraycopy(row, 0, stream, i * hidden, hidden);
    }
  }

  private void normed(int count, float[] norm) {
    for (int i = 0; i < count; i++) {
      kernels.norm(stream, i * hidden, norm, config.normEpsilon(), row, 0, hidden);
      exchange.put(i, row, 0, hidden);
    }
  }

  private void added(int count) {
    for (int i = 0; i < count; i++) {
      exchange.get(i, row, 0);
      RowMath.add(stream, i * hidden, row, hidden);
    }
  }

  private void gated(int count) {
    int inner = config.intermediate();
    for (int i = 0; i < count; i++) {
      exchange.get(i, row, 0);
      kernels.swiGlu(row, inner);
      exchange.put(i, row, 0, inner);
    }
  }

  private void attend(int layer, DecoderWeights.Layer parameters, Rows rows, Rope.Angles angles) {
    int width = queryWidth + 2 * keyWidth;
    for (Attention.Span span : rows.spans) {
      for (int i = 0; i < span.count(); i++) {
        int start = (span.row() + i) * width;
        int position = span.position() + i;
        exchange.get(span.row() + i, qkv, start);
        prepare(parameters, start, angles, position);
        int key = start + queryWidth;
        int block = span.blocks()[position / KvStore.BLOCK];
        store.put(layer, block, position % KvStore.BLOCK, qkv, key, key + keyWidth);
      }
    }
    int window = config.variant().window().at(layer);
    for (Attention.Span span : rows.spans) {
      attention.attend(layer, span, window, qkv, width, mixed);
    }
    for (int i = 0; i < rows.tokens.length; i++) {
      exchange.put(i, mixed, i * queryWidth, queryWidth);
    }
  }

  /** Biases, norms and turns the queries and keys of a row, and scales the queries. */
  private void prepare(
      DecoderWeights.Layer parameters, int start, Rope.Angles angles, int position) {
    parameters.qkvBias().ifPresent(bias -> RowMath.add(qkv, start, bias, bias.length));
    parameters.headNorms().ifPresent(norms -> {
      for (int head = 0; head < config.heads() + config.kvHeads(); head++) {
        float[] norm = head < config.heads() ? norms.query() : norms.key();
        int at = start + head * config.headDim();
        kernels.norm(qkv, at, norm, config.normEpsilon(), qkv, at, config.headDim());
      }
    });
    int half = angles.half();
    RowMath.rotate(
        qkv,
        start,
        config.heads() + config.kvHeads(),
        half,
        angles.cos(),
        angles.sin(),
        position * half);
    kernels.scale(
        qkv,
        start,
        queryWidth,
        (float) (1 / Math.sqrt(config.headDim())),
        weights.type() == DType.BFLOAT16);
  }

  /** Writes the hidden state of a row of the last pass, after the last norm, to {@code to[offset ..]}. */
  void hidden(int i, float[] to, int offset) {
    kernels.norm(stream, i * hidden, weights.norm(), config.normEpsilon(), to, offset, hidden);
  }

  /** Computes the logits of some rows of the last pass, [vocabulary] each, and hands them out one after another. */
  void logits(int[] rows, Output output) {
    for (int start = 0; start < rows.length; start += LOGIT_ROWS) {
      int count = Math.min(LOGIT_ROWS, rows.length - start);
      for (int i = 0; i < count; i++) {
        hidden(rows[start + i], row, 0);
        last.put(i, row, 0, hidden);
      }
      last.run(unembed, padded(count));
      for (int i = 0; i < count; i++) {
        last.get(i, logits, 0);
        output.accept(start + i, logits);
      }
    }
  }

  @Override
  public void close() {
    layers.forEach(layer -> {
      layer.qkv.close();
      layer.output.close();
      layer.gateUp.close();
      layer.down.close();
    });
    unembed.close();
    exchange.close();
    last.close();
  }
}
