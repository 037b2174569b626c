"""Prints what Quod Libet or beets reads in files, as JSON: path -> tag -> values. Paths are read from the input."""
import json
import sys


def by_quodlibet(paths):
    import quodlibet
    from quodlibet import config

    quodlibet.init_cli()
    config.init()
    from quodlibet.formats import MusicFile

    songs = {path: MusicFile(path) for path in paths}
    return {path: {key: song.list(key) for key in song.realkeys()} if song else {} for path, song in songs.items()}


def by_beets(paths):
    from mediafile import MediaFile

    names = ['bpm', 'initial_key', 'rg_track_gain', 'rg_track_peak', 'r128_track_gain', 'genres']
    files = {path: MediaFile(path) for path in paths}
    return {path: {name: [str(getattr(file, name))] for name in names if getattr(file, name)} for path, file in files.items()}


readers = {'quodlibet': by_quodlibet, 'beets': by_beets}
json.dump(readers[sys.argv[1]](json.load(sys.stdin)), sys.stdout)
