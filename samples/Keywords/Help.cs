namespace Keywords;

internal static class Help
{
    public static int Write()
    {
        Console.WriteLine("""
            keywords: Down, Go, Left, No, Off, On, Right, Stop, Up and Yes in sound, recognised without the heap

              keywords FILE.wav      a file of at most a second: its class and the score; a longer one: as a stream
              keywords [-]           samples on standard input, for as long as they come: each word when it is heard
              keywords --self-test   every score of a made-up stream, and 0 bytes allocated in it
              keywords --help        this text

              --threshold T          the least average score of a word in a stream, to 1; 0.8 if it is not said

            Sound is 16-bit, 16,000 Hz, one channel: a WAV file, or on standard input the samples alone, little-endian:

              arecord -q -f S16_LE -r 16000 -c 1 -t raw | keywords

            Exit code: 0 done, 1 the self-test failed, 2 wrong input. Ctrl-C ends a stream.
            """);
        return 0;
    }
}
