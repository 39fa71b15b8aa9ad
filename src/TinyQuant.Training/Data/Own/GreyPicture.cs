namespace TinyQuant.Training.Data;

/// <summary>One grey picture.</summary>
/// <param name="Rows">Its height.</param>
/// <param name="Columns">Its width.</param>
/// <param name="Pixels">Rows · columns values, row by row.</param>
public sealed record GreyPicture(int Rows, int Columns, byte[] Pixels);

/// <summary>Reads a picture file.</summary>
/// <param name="path">The file.</param>
/// <exception cref="InvalidDataException">It is not a picture; the message names it.</exception>
public delegate GreyPicture PictureDecoder(string path);
