namespace TinyQuant.Data;

/// <summary>One grey picture.</summary>
/// <param name="Rows">Its height.</param>
/// <param name="Columns">Its width.</param>
/// <param name="Pixels">Rows · columns values, row by row.</param>
public sealed record GreyPicture(int Rows, int Columns, byte[] Pixels);

/// <summary>Reads a picture file: PNG, JPEG, BMP and WebP, told by content.</summary>
/// <param name="path">The file.</param>
/// <param name="require">
/// Told height and width as the head of the file has them, before any pixel is read; throws where they are not wanted.
/// </param>
/// <exception cref="InvalidDataException">It is not a picture, or one that is cut off; the message names
/// it.</exception>
public delegate GreyPicture PictureDecoder(string path, Action<int, int> require);
