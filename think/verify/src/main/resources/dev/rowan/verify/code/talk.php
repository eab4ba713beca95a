<?php
// What both processes of a check share: lines of JSON over the descriptors 3 and 4, and values as they cross. Only plain
// data crosses; values.py says the same for Python.

namespace Rowan;

function receive(): array
{
    static $requests;
    $requests ??= fopen('php://fd/3', 'r');
    $line = fgets($requests);
    if ($line === false) {
        exit(0);
    }
    return json_decode($line, true, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
}

function send(array $what): void
{
    static $replies;
    $replies ??= fopen('php://fd/4', 'w');
    $flags = JSON_PRESERVE_ZERO_FRACTION | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
    fwrite($replies, json_encode($what, $flags) . "\n");
}

/** A value as JSON data; $other packs what is no plain data. */
function pack(mixed $value, callable $other): mixed
{
    $entries = fn($pairs) => array_map(
        fn($key, $item) => [$key, pack($item, $other)], array_keys($pairs), array_values($pairs));
    if (is_float($value) && !is_finite($value)) {
        return ['f' => is_nan($value) ? 'NAN' : ($value > 0 ? 'INF' : '-INF')];
    }
    if (is_array($value)) {
        return array_is_list($value) ? array_map(fn($item) => pack($item, $other), $value) : ['d' => $entries($value)];
    }
    if ($value instanceof \stdClass) {
        return ['m' => $entries(get_object_vars($value))];
    }
    return is_object($value) || is_resource($value) ? $other($value) : $value;
}

/** The value of JSON data; $other unpacks what is no plain data. */
function unpack(mixed $data, callable $other): mixed
{
    if (!is_array($data)) {
        return $data;
    }
    if (array_is_list($data)) {
        return array_map(fn($item) => unpack($item, $other), $data);
    }
    $tag = array_key_first($data);
    $inner = $data[$tag];
    switch ($tag) {
        case 'f':
            return constant($inner === '-INF' ? 'INF' : $inner) * ($inner === '-INF' ? -1 : 1);
        case 'i':
            return strlen($inner) <= 17 ? intval($inner, 16) : hexdec($inner);
        case 'd':
        case 'm':
            $array = array_column(array_map(
                fn($entry) => [$entry[0], unpack($entry[1], $other)], $inner), 1, 0);
            return $tag === 'd' ? $array : (object) $array;
        default:
            return $other($tag, $inner);
    }
}
