serve(sys.argv[1], sys.argv[2], lambda order: MODES[order["mode"]](order))
