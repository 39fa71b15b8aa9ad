// nano: digits of 28 x 28 pixels, recognised by three forms of one model, in one native file and without the heap.
//
//   nano IMAGE            one picture: PGM, or 784 bytes, or - for standard input
//   nano --eval DIR       the accuracy and speed of each form on a test set
//   nano --scores DIR F   every score and answer as bytes, to compare processors
//   nano --self-test      golden answers, and no byte allocated
//
// An array is sliced with AsSpan here: the range operator on an array brings the type loader along. Strings with
// numbers are added up where it is as readable: an interpolation with a number takes twice the code.
// Models.cs has the models, Commands.cs what the command line says and nano IMAGE; Evaluation.cs, Scores.cs and
// SelfTest.cs are the other three commands.

return args switch
{
    [] or ["--help" or "-h" or "-?"] => Commands.Help(),
    ["--self-test"] => Commands.Try(SelfTest.Run),
    ["--scores", string directory, string file] => Commands.Try(() => Scores.Run(directory, file)),
    ["--eval", string directory, ..] => Commands.Try(() => Evaluation.Run(directory, args)),
    [string image] when image == "-" || !image.StartsWith('-') => Commands.Try(() => Commands.Classify(image)),
    _ => Commands.Fail($"'{string.Join(' ', args)}' is not understood; 'nano --help' shows what is."),
};
