// The smallest program around a model: the input's bytes from standard input, one run, the output's bytes to standard
// output.
byte[] input = new byte[Subject.InputBytes];
byte[] output = new byte[Subject.OutputBytes];
using Stream from = Console.OpenStandardInput();
from.ReadExactly(input);
Subject.Run(input, output);
using Stream to = Console.OpenStandardOutput();
to.Write(output);
