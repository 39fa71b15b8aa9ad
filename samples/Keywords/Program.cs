// keywords: ten words in sound, recognised without the heap.
//
//   keywords FILE.wav     a file
//   keywords              a stream of samples on standard input
//   keywords --self-test  every score of a made-up stream, and no byte allocated
//
// Sound goes through Spotter: features (TinyQuant.Audio), the model (baked into KeywordModel), a decision.

using Keywords;

try
{
    Options options = Options.Parse(args);
    return options.Command switch
    {
        Command.Help => Help.Write(),
        Command.SelfTest => SelfTest.Run(),
        Command.File => SoundFile.Run(options.Path, options.Threshold),
        _ => SoundStream.Run(options.Threshold),
    };
}
catch (InvalidInputException e)
{
    Console.Error.WriteLine("keywords: " + e.Message);
    return 2;
}
